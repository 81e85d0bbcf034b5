/** The rooms of the house, held by rules over the compiled classes. */
package org.polls.tests.architecture;
