package org.polls.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Draws what a page and a vote cost while the database grows, readable in light and in dark. */
final class GrowthChart {

    private static final int WIDTH = 720;
    private static final int PANEL = 130;
    private static final int TOP = 50;
    private static final int LINE = 90;
    private static final int BOTTOM = 50;

    /**
     * {@return an SVG document}
     *
     * @param sizes of the database, in order, as lines of text
     * @param costs server CPU in µs at each size, by work; each is drawn from 0 on a scale of its own
     */
    String draw(List<List<String>> sizes, Map<String, List<Double>> costs) {
        StringBuilder svg =
                new StringBuilder(String.format(Locale.ROOT, """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" role="img" aria-labelledby="title">
                <title id="title">Server CPU per request while the database grows</title>
                <style>
                  text { font: 13px system-ui, sans-serif; fill: #1b1b1f }
                  line { stroke: #8a8a93 } polyline { fill: none; stroke: #0b57d0; stroke-width: 2 } circle { fill: #0b57d0 }
                  @media (prefers-color-scheme: dark) {
                    text { fill: #e6e6ea } polyline { stroke: #a8c7fa } circle { fill: #a8c7fa }
                  }
                </style>
                <text x="10" y="22" font-weight="600">Server CPU per request in µs while the database grows; flat is good</text>
                """, WIDTH, TOP + costs.size() * PANEL + BOTTOM));
        int base = TOP;
        for (Map.Entry<String, List<Double>> work : costs.entrySet()) {
            base += PANEL;
            panel(svg, work.getKey(), work.getValue(), base);
        }
        for (int at = 0; at < sizes.size(); at++) {
            for (int row = 0; row < sizes.get(at).size(); row++) {
                text(
                        svg,
                        x(at, sizes.size()),
                        base + 20 + 18.0 * row,
                        "middle",
                        sizes.get(at).get(row));
            }
        }
        return svg.append("</svg>\n").toString();
    }

    private static void panel(StringBuilder svg, String work, List<Double> values, int base) {
        double most = values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
        text(svg, 10, base - LINE - 20, "start", work);
        svg.append(String.format(
                Locale.ROOT, "<line x1=\"10\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>%n", base, WIDTH - 10, base));
        StringBuilder points = new StringBuilder();
        for (int at = 0; at < values.size(); at++) {
            double x = x(at, values.size());
            double y = base - values.get(at) / most * (LINE - 15);
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
            svg.append(String.format(Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\"/>%n", x, y));
            text(svg, x, y - 8, "middle", String.format(Locale.ROOT, "%.0f", values.get(at)));
        }
        svg.append("<polyline points=\"").append(points.toString().strip()).append("\"/>\n");
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
        svg.append(String.format(
                Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, text));
    }

    private static double x(int at, int count) {
        return WIDTH * (at + 0.5) / count;
    }
}
