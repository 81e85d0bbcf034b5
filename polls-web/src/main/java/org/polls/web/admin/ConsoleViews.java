package org.polls.web.admin;

import jakarta.faces.application.ViewExpiredException;
import jakarta.faces.application.ViewHandler;
import jakarta.faces.application.ViewHandlerWrapper;
import jakarta.faces.component.UIViewRoot;
import jakarta.faces.context.FacesContext;
import jakarta.servlet.http.HttpServletRequest;
import org.polls.web.request.RouteFilter;
import org.polls.web.request.Routes.Route;

/**
 * Has the console's forms sent to the public address of their page, since nobody can ask for a view itself; believes no
 * state that it can't read.
 */
public class ConsoleViews extends ViewHandlerWrapper {

    public ConsoleViews(ViewHandler wrapped) {
        super(wrapped);
    }

    /** A page's state that can't be read at all is as good as one that is too old: the page is opened anew. */
    @Override
    public UIViewRoot restoreView(FacesContext context, String view) {
        try {
            return super.restoreView(context, view);
        } catch (ViewExpiredException old) {
            throw old;
        } catch (RuntimeException unreadable) {
            throw new ViewExpiredException("the state of " + view + " can't be read", unreadable, view);
        }
    }

    @Override
    public String getActionURL(FacesContext context, String view) {
        HttpServletRequest request =
                (HttpServletRequest) context.getExternalContext().getRequest();
        return RouteFilter.route(request) instanceof Route.Console
                ? Next.current(request)
                : super.getActionURL(context, view);
    }
}
