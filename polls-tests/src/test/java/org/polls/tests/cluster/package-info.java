/** Two app hosts that share sessions. */
package org.polls.tests.cluster;
