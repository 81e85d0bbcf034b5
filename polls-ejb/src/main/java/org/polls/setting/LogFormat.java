package org.polls.setting;

/** How a log event is written to standard output: as a line for people or as one JSON object for programs. */
public enum LogFormat {
    PLAIN,
    JSON
}
