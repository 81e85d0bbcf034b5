package org.polls;

import java.time.LocalDate;

/** By which days a list can be narrowed. */
public enum DatePeriod {
    ANY,
    TODAY,
    PAST_7_DAYS,
    THIS_MONTH,
    THIS_YEAR;

    /** {@return the period's first day; of {@link #ANY} there is none} */
    public LocalDate first(LocalDate today) {
        return switch (this) {
            case ANY -> LocalDate.MIN;
            case TODAY -> today;
            case PAST_7_DAYS -> today.minusDays(7);
            case THIS_MONTH -> today.withDayOfMonth(1);
            case THIS_YEAR -> today.withDayOfYear(1);
        };
    }

    /** {@return the day after the period's last; of {@link #ANY} there is none} */
    public LocalDate afterLast(LocalDate today) {
        return switch (this) {
            case ANY -> LocalDate.MAX;
            case TODAY, PAST_7_DAYS -> today.plusDays(1);
            case THIS_MONTH -> first(today).plusMonths(1);
            case THIS_YEAR -> first(today).plusYears(1);
        };
    }
}
