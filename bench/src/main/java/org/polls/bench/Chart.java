package org.polls.bench;

import java.util.List;
import java.util.Locale;

/** Draws horizontal bars on a logarithmic scale, readable in light and in dark. */
final class Chart {

    private static final int WIDTH = 900;
    private static final int LABELS = 380;
    private static final int ROW = 22;
    private static final int TOP = 60;
    private static final double SMALLEST = 1;

    /** One bar. */
    record Bar(String work, String subject, double microseconds) {}

    /** {@return an SVG document} */
    String draw(List<Bar> bars) {
        double most = bars.stream().mapToDouble(Bar::microseconds).max().orElse(10);
        StringBuilder svg = new StringBuilder(String.format(Locale.ROOT, """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" role="img" aria-labelledby="title">
                <title id="title">Server CPU per request, by work and subject</title>
                <style>
                  text { font: 13px system-ui, sans-serif; fill: #1b1b1f }
                  .own { fill: #0b57d0 } .other { fill: #8a8a93 }
                  @media (prefers-color-scheme: dark) { text { fill: #e6e6ea } .own { fill: #a8c7fa } }
                </style>
                <text x="10" y="22" font-weight="600">Server CPU per request in µs, all processes; logarithmic, less is better</text>
                """, WIDTH, TOP + bars.size() * ROW + 10));
        int y = TOP;
        for (Bar bar : bars) {
            double share = Math.log(Math.max(bar.microseconds, SMALLEST) / SMALLEST) / Math.log(most / SMALLEST);
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s · %s</text>"
                            + "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"14\"/>"
                            + "<text x=\"%.1f\" y=\"%d\">%.0f</text>%n",
                    LABELS - 8,
                    y,
                    bar.work,
                    bar.subject,
                    bar.subject.startsWith("polls") ? "own" : "other",
                    LABELS,
                    y - 11,
                    share * (WIDTH - LABELS - 80),
                    LABELS + share * (WIDTH - LABELS - 80) + 6,
                    y,
                    bar.microseconds));
            y += ROW;
        }
        return svg.append("</svg>\n").toString();
    }
}
