/** One app host's process: how it starts and how it stops. */
package org.polls.tests.node;
