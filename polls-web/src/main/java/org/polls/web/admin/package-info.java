/**
 * The console: one servlet that lets in who is signed in, one template, and a view bean for each page.
 *
 * <p>A view bean lives for one request and holds what its form holds; where a page's form must remember more than its
 * fields (the version it was filled from, rows that come and go), the bean is OmniFaces' {@code ViewScoped} with {@code
 * saveInViewState}: it travels, encrypted, with the page, and no host remembers it; such a bean gets boundaries from {@link
 * org.polls.web.admin.Console#boundary}, since it can hold none. Beans get the {@link
 * org.polls.permission.Actor} from {@link org.polls.web.admin.Console} at each call and keep none. What a boundary throws
 * becomes a message or an error page in {@link org.polls.web.admin.ConsoleExceptions}, nowhere else.
 */
package org.polls.web.admin;
