/** What the product answers over HTTP, held against the contract. */
package org.polls.tests.http;
