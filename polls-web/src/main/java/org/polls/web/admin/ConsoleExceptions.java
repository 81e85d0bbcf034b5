package org.polls.web.admin;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.faces.FacesException;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.application.ViewExpiredException;
import jakarta.faces.context.ExceptionHandler;
import jakarta.faces.context.ExceptionHandlerFactory;
import jakarta.faces.context.ExceptionHandlerWrapper;
import jakarta.faces.context.FacesContext;
import jakarta.faces.event.ExceptionQueuedEvent;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.polls.InvalidInput;
import org.polls.PollsException;
import org.polls.history.entity.EditConflict;
import org.polls.permission.NotFound;
import org.polls.permission.NotPermitted;
import org.polls.web.request.RouteFilter;
import org.polls.web.request.Routes.Route;

/**
 * Tells the console's users what a boundary refused, the one place where that happens.
 *
 * <p>A form that can't be taken is shown again as it was sent, with what is wrong beside each field ({@link
 * Console#fault}) and above all of them. A missing permission is 403, a missing object 404. A page whose state can't be
 * read (the site's key changed) is opened anew. Anything else is the site's own fault and gets its page and its line in
 * the log.
 */
public class ConsoleExceptions extends ExceptionHandlerWrapper {

    private ConsoleExceptions(ExceptionHandler wrapped) {
        super(wrapped);
    }

    /** Makes one for each request, as {@code faces-config.xml} says. */
    public static class Factory extends ExceptionHandlerFactory {

        public Factory(ExceptionHandlerFactory wrapped) {
            super(wrapped);
        }

        @Override
        public ExceptionHandler getExceptionHandler() {
            return new ConsoleExceptions(getWrapped().getExceptionHandler());
        }
    }

    @Override
    public void handle() throws FacesException {
        FacesContext faces = FacesContext.getCurrentInstance();
        HttpServletRequest request =
                (HttpServletRequest) faces.getExternalContext().getRequest();
        if (RouteFilter.route(request) instanceof Route.Console) {
            for (Iterator<ExceptionQueuedEvent> events =
                            getUnhandledExceptionQueuedEvents().iterator();
                    events.hasNext(); ) {
                if (isTold(events.next().getContext().getException(), faces, request)) {
                    events.remove();
                }
            }
        }
        super.handle();
    }

    private static boolean isTold(Throwable thrown, FacesContext faces, HttpServletRequest request) {
        Optional<PollsException> refusal = cause(thrown, PollsException.class);
        if (refusal.isPresent()) {
            tell(refusal.get(), faces, request);
            return true;
        }
        if (cause(thrown, ViewExpiredException.class).isPresent()) {
            Redirection.to(Next.current(request));
            return true;
        }
        return false;
    }

    private static void tell(PollsException refusal, FacesContext faces, HttpServletRequest request) {
        if (refusal instanceof NotPermitted) {
            answer(HttpServletResponse.SC_FORBIDDEN, faces, request);
            return;
        }
        if (refusal instanceof NotFound) {
            answer(HttpServletResponse.SC_NOT_FOUND, faces, request);
            return;
        }
        Console console = CDI.current().select(Console.class).get();
        if (refusal instanceof InvalidInput input) {
            Map<String, String> faults = new LinkedHashMap<>();
            input.faults()
                    .forEach(fault -> faults.merge(
                            fault.field(),
                            console.text(fault.messageKey(), fault.arguments().toArray()),
                            (first, second) -> first + " " + second));
            console.tell(faults);
        } else if (refusal instanceof EditConflict conflict) {
            console.tell(conflict);
        }
        String text =
                console.text(refusal.messageKey(), refusal.messageArguments().toArray());
        faces.addMessage(null, new FacesMessage(FacesMessage.SEVERITY_ERROR, text, text));
        faces.validationFailed();
    }

    /** A script's request is led to the page itself, whose answer then has the status. */
    private static void answer(int status, FacesContext faces, HttpServletRequest request) {
        if (Redirection.isPartial(request)) {
            Redirection.to(Next.current(request));
            return;
        }
        try {
            faces.getExternalContext().responseReset();
            faces.getExternalContext().responseSendError(status, null);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        faces.responseComplete();
    }

    private static <T extends Throwable> Optional<T> cause(Throwable thrown, Class<T> type) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
        }
        return Optional.empty();
    }
}
