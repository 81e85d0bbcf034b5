/**
 * The version of the database's schema, and which versions this release works with.
 *
 * <p>{@code polls-manage migrate} changes the schema; everything else only looks at its version.
 */
package org.polls.schema;
