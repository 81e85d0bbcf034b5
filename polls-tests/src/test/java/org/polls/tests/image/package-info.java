/** The application's image, as docker/image builds it. */
package org.polls.tests.image;
