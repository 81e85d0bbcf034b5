/** The product under test, its database, and the polls that tests make in it. */
package org.polls.tests.product;
