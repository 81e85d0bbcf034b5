/** What people, programs and attackers send that no page of ours would. */
package org.polls.tests.input;
