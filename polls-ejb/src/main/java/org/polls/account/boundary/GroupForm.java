package org.polls.account.boundary;

import java.util.Set;
import org.polls.permission.Permission;

/** What an administrator fills in for a group. */
public record GroupForm(String name, Set<Permission> permissions) {}
