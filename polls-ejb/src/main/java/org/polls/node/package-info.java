/** One app host's process: how it ends. */
package org.polls.node;
