package org.polls.account.boundary;

import java.util.Set;
import org.polls.permission.Permission;

/**
 * What an administrator fills in for an account; the password has a form of its own.
 *
 * @param email may be empty
 * @param displayName may be empty
 * @param timeZone the name of a zone in the time zone database
 * @param groups the keys of the groups
 * @param permissions those held directly
 */
public record AccountForm(
        String username,
        String email,
        String displayName,
        String timeZone,
        boolean active,
        boolean staff,
        boolean superuser,
        Set<Long> groups,
        Set<Permission> permissions) {}
