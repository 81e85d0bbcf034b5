/** What people see and do in a browser. */
package org.polls.tests.browser;
