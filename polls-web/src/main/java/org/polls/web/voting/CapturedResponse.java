package org.polls.web.voting;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.PrintWriter;
import java.io.StringWriter;

/** Takes what a view writes, and leaves the real response as it was: its headers belong to the servlet. */
final class CapturedResponse extends HttpServletResponseWrapper {

    private final StringWriter text = new StringWriter(8192);
    private final PrintWriter writer = new PrintWriter(text);

    CapturedResponse(HttpServletResponse response) {
        super(response);
    }

    String text() {
        return text.toString();
    }

    @Override
    public PrintWriter getWriter() {
        return writer;
    }

    @Override
    public ServletOutputStream getOutputStream() {
        throw new IllegalStateException("views are text");
    }

    @Override
    public String getCharacterEncoding() {
        return "UTF-8";
    }

    @Override
    public boolean isCommitted() {
        return false;
    }

    @Override
    public void setCharacterEncoding(String charset) {}

    @Override
    public void setContentType(String type) {}

    @Override
    public void setContentLength(int length) {}

    @Override
    public void setContentLengthLong(long length) {}

    @Override
    public void setBufferSize(int size) {}

    @Override
    public void setHeader(String name, String value) {}

    @Override
    public void addHeader(String name, String value) {}

    @Override
    public void flushBuffer() {}

    @Override
    public void resetBuffer() {
        text.getBuffer().setLength(0);
    }

    @Override
    public void reset() {
        resetBuffer();
    }
}
