package org.polls.bench;

import java.time.Duration;

/** One work on one subject, to be measured again and again. */
interface Trial {

    String work();

    String subject();

    Measurement run(Duration warmUp, Duration measured) throws Exception;
}
