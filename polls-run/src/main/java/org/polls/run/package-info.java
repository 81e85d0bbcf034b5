/**
 * The product on one machine, for people who develop it and for tests: a real PostgreSQL from the build's repository and
 * the provisioned server, as child processes. Never part of a deployment. Linux only.
 */
package org.polls.run;
