package org.polls.setting;

/** From which severity on events are logged. */
public enum LogLevel {
    DEBUG,
    INFO,
    WARNING,
    ERROR,
    CRITICAL
}
