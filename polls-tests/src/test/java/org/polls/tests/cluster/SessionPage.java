package org.polls.tests.cluster;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** A page that tests deploy beside the product: it keeps what {@code ?keep=} says in the session, and shows it. */
public class SessionPage extends HttpServlet {

    private static final long serialVersionUID = 1L;

    /** Where it answers. */
    static final String ADDRESS = "/sessions/page";

    private static final String WEB_XML = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
              <distributable/>
              <servlet>
                <servlet-name>page</servlet-name>
                <servlet-class>%s</servlet-class>
              </servlet>
              <servlet-mapping>
                <servlet-name>page</servlet-name>
                <url-pattern>/page</url-pattern>
              </servlet-mapping>
            </web-app>
            """;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSession session = request.getSession();
        String keep = request.getParameter("keep");
        if (keep != null) {
            session.setAttribute("kept", keep);
        }
        response.setContentType("text/plain");
        response.getWriter().print(session.getAttribute("kept"));
    }

    /** Puts it where the server's scanner finds it. */
    static void deploy(Path deployments) throws IOException {
        Path half = deployments.resolveSibling("sessions.part");
        try (OutputStream file = Files.newOutputStream(half);
                JarOutputStream war = new JarOutputStream(file)) {
            String type = SessionPage.class.getName().replace('.', '/') + ".class";
            try (InputStream code = SessionPage.class.getClassLoader().getResourceAsStream(type)) {
                add(war, "WEB-INF/classes/" + type, code.readAllBytes());
            }
            add(
                    war,
                    "WEB-INF/web.xml",
                    WEB_XML.formatted(SessionPage.class.getName()).getBytes(StandardCharsets.UTF_8));
        }
        Files.move(half, deployments.resolve("sessions.war"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void add(JarOutputStream war, String name, byte[] content) throws IOException {
        war.putNextEntry(new JarEntry(name));
        war.write(content);
        war.closeEntry();
    }
}
