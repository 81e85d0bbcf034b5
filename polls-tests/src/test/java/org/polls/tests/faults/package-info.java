/** Two app hosts behind the proxy, and everything that can die dies while people vote. */
package org.polls.tests.faults;
