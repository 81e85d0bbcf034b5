/**
 * The voters' pages: what is read into them, how they are made, kept and sent.
 *
 * <p>Each Faces view under {@code /voting} (and {@code /error.xhtml}) reads one subclass of {@link
 * org.polls.web.voting.PageView}, which decides what the page says; the view decides only where it stands.
 */
package org.polls.web.voting;
