/** Results that change while somebody looks at them: server-sent events. */
package org.polls.web.live;
