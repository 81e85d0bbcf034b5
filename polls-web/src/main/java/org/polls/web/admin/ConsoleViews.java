package org.polls.web.admin;

import jakarta.faces.application.ViewHandler;
import jakarta.faces.application.ViewHandlerWrapper;
import jakarta.faces.context.FacesContext;
import jakarta.servlet.http.HttpServletRequest;
import org.polls.web.request.RouteFilter;
import org.polls.web.request.Routes.Route;

/** Has the console's forms sent to the public address of their page, since nobody can ask for a view itself. */
public class ConsoleViews extends ViewHandlerWrapper {

    public ConsoleViews(ViewHandler wrapped) {
        super(wrapped);
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
