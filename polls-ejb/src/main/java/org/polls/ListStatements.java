package org.polls;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * The statements of one list of the console. Values travel as parameters only; what is put together is fixed text.
 *
 * <p>Several statements share conditions and so values: each is sent those that it names.
 */
public final class ListStatements {

    private final EntityManager entities;
    private final Map<String, Object> values = new TreeMap<>();

    public ListStatements(EntityManager entities) {
        this.entities = entities;
    }

    /** {@return a value's place in a statement} */
    public String value(String name, Object value) {
        values.put(name, value);
        return ":" + name;
    }

    /** {@return the condition that a column has a value; no condition for {@code null}} */
    public String equal(String column, Object value) {
        return value == null ? "true" : column + " = " + value(column.replace('.', '_'), value);
    }

    /** {@return the condition that each word or phrase of a search stands in one of the columns} */
    public String words(String search, String... columns) {
        StringJoiner all = new StringJoiner(" AND ").setEmptyValue("true");
        List<String> words = SearchWords.of(search);
        for (int i = 0; i < words.size(); i++) {
            StringJoiner any = new StringJoiner(" OR ", "(", ")");
            for (String column : columns) {
                any.add(column + " ILIKE " + value("word" + i, SearchWords.pattern(words.get(i))));
            }
            all.add(any.toString());
        }
        return all.toString();
    }

    /** {@return the condition that a column's moment lies in a period of days of a zone} */
    public String in(DatePeriod period, String column, Instant now, ZoneId zone) {
        LocalDate today = LocalDate.ofInstant(now, zone);
        return period == DatePeriod.ANY
                ? "true"
                : between(period.name(), column, period.first(today), period.afterLast(today), zone);
    }

    /**
     * {@return the condition that a column's moment lies on or after one day and before another}
     *
     * @param name of the condition, one of its kind in the list
     */
    public String between(String name, String column, LocalDate from, LocalDate until, ZoneId zone) {
        return column + " >= " + value(name + "From", from.atStartOfDay(zone).toInstant()) + " AND " + column + " < "
                + value(name + "Until", until.atStartOfDay(zone).toInstant());
    }

    /** {@return the end of a statement that reads one page} */
    public String page(int page, int size) {
        return " LIMIT " + value("size", size) + " OFFSET " + value("first", (long) page * size);
    }

    /** Runs a statement. */
    @SuppressWarnings("unchecked") // the query's result class is Tuple
    public List<Tuple> rows(String sql) {
        Query statement = entities.createNativeQuery(sql, Tuple.class);
        statement
                .getParameters()
                .forEach(parameter -> statement.setParameter(parameter.getName(), values.get(parameter.getName())));
        return statement.getResultList();
    }

    /** {@return the condition that all of these are true} */
    public static String all(String... conditions) {
        return "(" + String.join(") AND (", conditions) + ")";
    }

    /** {@return the column that counts the rows of which all of these are true} */
    public static String count(String... conditions) {
        return "count(*) FILTER (WHERE " + all(conditions) + ")";
    }

    /** {@return a row's number} */
    public static long number(Tuple row, int place) {
        return row.get(place, Number.class).longValue();
    }
}
