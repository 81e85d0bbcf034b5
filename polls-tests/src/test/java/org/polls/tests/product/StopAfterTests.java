package org.polls.tests.product;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Stops the product when the last test of this JVM, of whichever engine, has ended. */
public class StopAfterTests implements LauncherSessionListener {

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        RunningProduct.stop();
    }
}
