package org.polls.web.admin;

import jakarta.faces.context.FacesContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Leads the browser to another address, whether a form or a script asked. */
public final class Redirection {

    private Redirection() {}

    /** Leads to an address of this site from a Faces view; nothing more of the view is rendered. */
    public static void to(String address) {
        FacesContext faces = FacesContext.getCurrentInstance();
        try {
            to(address, (HttpServletRequest) faces.getExternalContext().getRequest(), (HttpServletResponse)
                    faces.getExternalContext().getResponse());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        faces.responseComplete();
    }

    static void to(String address, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (isPartial(request)) {
            response.setContentType("text/xml;charset=UTF-8");
            response.getWriter()
                    .write("<?xml version='1.0' encoding='UTF-8'?>\n<partial-response><redirect url=\""
                            + escaped(address) + "\"/></partial-response>");
        } else {
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader("Location", address);
        }
    }

    /** {@return whether a script of the page asks, which can follow no HTTP redirect} */
    static boolean isPartial(HttpServletRequest request) {
        return "partial/ajax".equals(request.getHeader("Faces-Request"));
    }

    private static String escaped(String address) {
        return address.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;");
    }
}
