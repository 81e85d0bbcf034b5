/** The promise: what was acknowledged is counted, once, whatever happens. */
package org.polls.tests.ledger;
