/**
 * Who may do what to which kind of object, and who asks.
 *
 * <p>Beneath accounts, questions and the history: each of them asks the {@link org.polls.permission.Actor}, and none of
 * that needs to know how an account comes to its rights.
 */
package org.polls.permission;
