package org.polls.web.admin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.polls.web.asset.StaticFiles;

/**
 * The console's Content-Security-Policy, which {@code primefaces.CSP_POLICY} names. PrimeFaces adds the page's nonce at
 * its end, so that only scripts that carry it run; style attributes are allowed because its components write them.
 */
@Named
@ApplicationScoped
public class ConsolePolicy {

    @Inject
    private StaticFiles staticFiles;

    public String getText() {
        String source = staticFiles.source();
        return "default-src 'none'; style-src " + source + "; style-src-attr 'unsafe-inline'; img-src " + source
                + " data:; font-src " + source
                + "; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; script-src";
    }
}
