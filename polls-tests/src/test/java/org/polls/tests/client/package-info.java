/** Clients of the product that know the contract only. */
package org.polls.tests.client;
