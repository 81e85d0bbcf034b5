/**
 * The style sheet and the images, served under names that change with their content.
 *
 * <p>{@code src/main/static} is the source; {@code StaticTree} writes {@code target/static} and the manifest that {@link
 * org.polls.web.asset.StaticFiles} reads.
 */
package org.polls.web.asset;
