/**
 * The entry point of an installation: {@code serve}, which prepares the server's start, and the management commands.
 *
 * <p>Plain Java without an application server. Every command ends with 0 on success, 1 and a clear line on standard
 * error on failure, 2 on wrong usage.
 */
package org.polls.manage;
