package org.polls.web.admin;

import jakarta.faces.component.UIViewRoot;
import java.util.HashMap;
import java.util.Map;

/**
 * A view whose map lives for one request. Faces would keep it in the session, and PrimeFaces puts a number into it for
 * every page; what a page must remember is in its own state, which the browser sends back.
 */
public class ConsoleViewRoot extends UIViewRoot {

    private static final String MAP = ConsoleViewRoot.class.getName();

    @Override
    public Map<String, Object> getViewMap(boolean create) {
        Map<Object, Object> request = getFacesContext().getAttributes();
        @SuppressWarnings("unchecked")
        Map<String, Object> map = (Map<String, Object>) request.get(MAP);
        if (map == null && create) {
            map = new HashMap<>();
            request.put(MAP, map);
        }
        return map;
    }
}
