package org.polls.account.control;

import static org.polls.ListStatements.all;
import static org.polls.ListStatements.count;
import static org.polls.ListStatements.number;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.polls.ListStatements;
import org.polls.account.entity.AccountListing;
import org.polls.account.entity.AccountListing.Facets;
import org.polls.account.entity.AccountListing.Row;
import org.polls.account.entity.AccountQuery;

/** Finds accounts for the console's list: three statements, whatever is asked for and however many there are. */
public final class AccountSearch {

    private final ListStatements statements;
    private final AccountQuery query;

    // The list's conditions, one for each filter; "true" where nothing is asked for.
    private final String words;
    private final String active;
    private final String staff;
    private final String superuser;
    private final String group;

    public AccountSearch(EntityManager entities, AccountQuery query) {
        this.statements = new ListStatements(entities);
        this.query = query;
        words = statements.words(query.search(), "username", "email", "display_name");
        active = statements.equal("active", query.active());
        staff = statements.equal("staff", query.staff());
        superuser = statements.equal("superuser", query.superuser());
        group = query.group() == null
                ? "true"
                : "EXISTS (SELECT FROM account_membership m WHERE m.account_id = id AND m.group_id = "
                        + statements.value("group", query.group()) + ")";
    }

    /** Reads the page, its counts and its filters' counts. */
    public AccountListing list() {
        Tuple counts = statements
                .rows("SELECT "
                        + String.join(
                                ", ",
                                count(active, staff, superuser, group),
                                "(SELECT count(*) FROM account)",
                                count("active", staff, superuser, group),
                                count("NOT active", staff, superuser, group),
                                count(active, "staff", superuser, group),
                                count(active, "NOT staff", superuser, group),
                                count(active, staff, "superuser", group),
                                count(active, staff, "NOT superuser", group),
                                count(active, staff, superuser))
                        + " FROM account WHERE " + words)
                .get(0);
        return new AccountListing(
                rows(),
                number(counts, 0),
                number(counts, 1),
                new Facets(either(counts, 2), either(counts, 4), either(counts, 6), number(counts, 8), groups()));
    }

    private List<Row> rows() {
        String direction = query.ascending() ? " ASC NULLS FIRST" : " DESC NULLS LAST";
        List<Row> rows = new ArrayList<>();
        for (Tuple row :
                statements.rows("SELECT id, username, email, display_name, active, staff, superuser, last_login, joined"
                        + " FROM account WHERE " + all(words, active, staff, superuser, group) + " ORDER BY "
                        + query.sort().column() + direction + ", id" + direction
                        + statements.page(query.page(), query.size()))) {
            rows.add(new Row(
                    number(row, 0),
                    row.get(1, String.class),
                    row.get(2, String.class),
                    row.get(3, String.class),
                    row.get(4, Boolean.class),
                    row.get(5, Boolean.class),
                    row.get(6, Boolean.class),
                    row.get(7, Instant.class),
                    row.get(8, Instant.class)));
        }
        return List.copyOf(rows);
    }

    private Map<Long, Long> groups() {
        Map<Long, Long> groups = new LinkedHashMap<>();
        for (Tuple row : statements.rows("SELECT membership.group_id, count(*) FROM account"
                + " JOIN account_membership membership ON membership.account_id = id WHERE "
                + all(words, active, staff, superuser) + " GROUP BY 1")) {
            groups.put(number(row, 0), number(row, 1));
        }
        return groups;
    }

    private static Map<Boolean, Long> either(Tuple counts, int place) {
        return Map.of(true, number(counts, place), false, number(counts, place + 1));
    }
}
