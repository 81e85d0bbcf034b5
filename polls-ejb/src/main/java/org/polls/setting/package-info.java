/**
 * The settings of an installation: environment variables, read once, all faults told at once.
 *
 * <p>{@link org.polls.setting.Variable} is the one table of names; {@link org.polls.setting.Settings} is what they mean.
 * Plain Java: {@code polls-manage} reads the settings before the server starts, the server reads them again. Nothing
 * here is ever {@code null}, and no text made here holds a secret.
 */
package org.polls.setting;
