package org.polls.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * One HTTP/1.1 answer as it arrives: bytes go in at the end, and the answer says when it is whole. Nothing is decoded
 * that nobody asks for, because the load shares its processors with what it measures.
 */
final class Answer {

    private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};

    private byte[] bytes = new byte[32 * 1024];
    private int length;
    private int bodyStart;
    private int bodyEnd;
    private int chunkStart;
    private boolean chunked;

    /** Forgets everything, to take the next answer. */
    void clear() {
        length = 0;
        bodyStart = -1;
        bodyEnd = -1;
        chunked = false;
    }

    /** {@return where the next bytes go, with room for at least one} */
    byte[] room() {
        if (length == bytes.length) {
            grow();
        }
        return bytes;
    }

    /** Makes more room. */
    void grow() {
        bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    }

    int length() {
        return length;
    }

    /** Takes note that {@code count} bytes have been written to {@link #room}; {@return whether the answer is whole} */
    boolean added(int count) {
        int searchFrom = Math.max(0, length - END_OF_HEAD.length);
        length += count;
        if (bodyStart < 0) {
            int end = indexOf(END_OF_HEAD, searchFrom, length);
            if (end < 0) {
                return false;
            }
            bodyStart = end + END_OF_HEAD.length;
            String declared = header("content-length");
            if (declared != null) {
                bodyEnd = bodyStart + Integer.parseInt(declared);
            } else if (header("transfer-encoding") != null) {
                chunked = true;
                chunkStart = bodyStart;
            } else {
                bodyEnd = bodyStart;
            }
        }
        return chunked ? lastChunkArrived() : length >= bodyEnd;
    }

    private boolean lastChunkArrived() {
        while (true) {
            int size = 0;
            int position = chunkStart;
            for (; position < length && bytes[position] != '\r' && bytes[position] != ';'; position++) {
                size = 16 * size + Character.digit(bytes[position], 16);
            }
            while (position < length && bytes[position] != '\n') {
                position++;
            }
            int next = position + 1 + size + 2;
            if (position >= length || next > length) {
                return false;
            }
            chunkStart = next;
            if (size == 0) {
                bodyEnd = next;
                return true;
            }
        }
    }

    int status() {
        return (bytes[9] - '0') * 100 + (bytes[10] - '0') * 10 + bytes[11] - '0';
    }

    /** {@return the bytes of the body on the wire, chunk headers included} */
    int bodyLength() {
        return bodyEnd - bodyStart;
    }

    /** {@return the first header of that name (given in lower case), or null} */
    String header(String lowerCaseName) {
        int line = 0;
        while (true) {
            line = lineAfter(line);
            if (line >= bodyStart - 2) {
                return null;
            }
            int at = 0;
            while (at < lowerCaseName.length() && (bytes[line + at] | 0x20) == (lowerCaseName.charAt(at) | 0x20)) {
                at++;
            }
            if (at == lowerCaseName.length() && bytes[line + at] == ':') {
                return new String(bytes, line + at + 1, lineAfter(line) - 2 - line - at - 1, ISO_8859_1).strip();
            }
        }
    }

    /** {@return the value of a cookie that this answer sets, or null} */
    String cookie(String name) {
        byte[] start = ("et-cookie: " + name + "=").getBytes(ISO_8859_1);
        int found = indexOf(start, 0, bodyStart);
        if (found < 0) {
            start = ("et-Cookie: " + name + "=").getBytes(ISO_8859_1);
            found = indexOf(start, 0, bodyStart);
        }
        if (found < 0) {
            return null;
        }
        int from = found + start.length;
        int to = from;
        while (bytes[to] != ';' && bytes[to] != '\r') {
            to++;
        }
        return new String(bytes, from, to - from, ISO_8859_1);
    }

    boolean bodyContains(byte[] text) {
        return indexOf(text, bodyStart, bodyEnd) >= 0;
    }

    /** {@return the value of the first input of that name in the page's forms, or null} */
    String input(String name) {
        int found = indexOf(("name=\"" + name + "\"").getBytes(UTF_8), bodyStart, bodyEnd);
        if (found < 0) {
            return null;
        }
        int tagStart = found;
        while (bytes[tagStart] != '<') {
            tagStart--;
        }
        int tagEnd = found;
        while (tagEnd < bodyEnd && bytes[tagEnd] != '>') {
            tagEnd++;
        }
        byte[] start = " value=\"".getBytes(UTF_8);
        int value = indexOf(start, tagStart, tagEnd);
        if (value < 0) {
            return null;
        }
        int from = value + start.length;
        int to = from;
        while (bytes[to] != '"') {
            to++;
        }
        return new String(bytes, from, to - from, UTF_8);
    }

    /** {@return the answer as text, for a report of what went wrong} */
    String text() {
        return new String(bytes, 0, Math.min(length, 600), UTF_8);
    }

    private int lineAfter(int line) {
        int position = line;
        while (position < length && bytes[position] != '\n') {
            position++;
        }
        return position + 1;
    }

    private int indexOf(byte[] wanted, int from, int to) {
        byte first = wanted[0];
        int last = to - wanted.length;
        for (int start = from; start <= last; start++) {
            if (bytes[start] == first && Arrays.equals(bytes, start, start + wanted.length, wanted, 0, wanted.length)) {
                return start;
            }
        }
        return -1;
    }
}
