package org.polls.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Requests as a browser sends them. */
final class Requests {

    private static final String BROWSER = "Host: " + Target.HOST + "\r\n"
            + "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n"
            + "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n"
            + "Accept-Language: en\r\n";

    private Requests() {}

    /**
     * {@return a request for a page}
     *
     * @param cookies the value of the Cookie header, empty for none
     */
    static byte[] get(String path, String cookies) {
        return ("GET " + path + " HTTP/1.1\r\n" + BROWSER + cookieHeader(cookies) + "\r\n").getBytes(ISO_8859_1);
    }

    /**
     * {@return a form that a page of the same site sends}
     *
     * @param body its fields, encoded
     */
    static byte[] post(String path, String cookies, String body) {
        String site = "https://" + Target.HOST;
        return ("POST " + path + " HTTP/1.1\r\n" + BROWSER
                        + "Origin: " + site + "\r\n"
                        + "Referer: " + site + "/polls/\r\n"
                        + "Sec-Fetch-Site: same-origin\r\n"
                        + "Content-Type: application/x-www-form-urlencoded\r\n"
                        + cookieHeader(cookies)
                        + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(ISO_8859_1);
    }

    private static String cookieHeader(String cookies) {
        return cookies.isEmpty() ? "" : "Cookie: " + cookies + "\r\n";
    }
}
