/** Results that change while somebody looks at them. */
package org.polls.tests.live;
