package org.polls.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Draws what a page and a vote cost while the database grows, readable in light and in dark. */
final class GrowthChart {

    private static final int WIDTH = 900;
    private static final int HEIGHT = 420;
    private static final int LEFT = 60;
    private static final int RIGHT = 200;
    private static final int TOP = 60;
    private static final int BOTTOM = 60;

    /**
     * {@return an SVG document}
     *
     * @param sizes of the database, in order, as text of two lines each
     * @param costs server CPU in µs at each size, by work
     */
    String draw(List<List<String>> sizes, Map<String, List<Double>> costs) {
        double most = costs.values().stream()
                .flatMap(List::stream)
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(1);
        StringBuilder svg = new StringBuilder(String.format(Locale.ROOT, """
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
                """, WIDTH, HEIGHT));
        svg.append(String.format(
                Locale.ROOT,
                "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>%n",
                LEFT,
                HEIGHT - BOTTOM,
                WIDTH - RIGHT,
                HEIGHT - BOTTOM));
        for (int at = 0; at < sizes.size(); at++) {
            for (int row = 0; row < sizes.get(at).size(); row++) {
                svg.append(String.format(
                        Locale.ROOT,
                        "<text x=\"%.0f\" y=\"%d\" text-anchor=\"middle\">%s</text>%n",
                        x(at, sizes.size()),
                        HEIGHT - BOTTOM + 20 + 18 * row,
                        sizes.get(at).get(row)));
            }
        }
        costs.forEach((work, values) -> draw(svg, work, values, most));
        return svg.append("</svg>\n").toString();
    }

    private static void draw(StringBuilder svg, String work, List<Double> values, double most) {
        StringBuilder points = new StringBuilder();
        for (int at = 0; at < values.size(); at++) {
            double x = x(at, values.size());
            double y = y(values.get(at), most);
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
            svg.append(String.format(
                    Locale.ROOT,
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\"/><text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%.0f</text>%n",
                    x,
                    y,
                    x,
                    y - 10,
                    values.get(at)));
        }
        int last = values.size() - 1;
        svg.append(String.format(
                Locale.ROOT,
                "<polyline points=\"%s\"/><text x=\"%.1f\" y=\"%.1f\">%s</text>%n",
                points.toString().strip(),
                x(last, values.size()) + 16,
                y(values.get(last), most) + 5,
                work));
    }

    private static double x(int at, int count) {
        double width = WIDTH - LEFT - RIGHT;
        return LEFT + width * (at + 0.5) / count;
    }

    private static double y(double value, double most) {
        return HEIGHT - BOTTOM - value / most * (HEIGHT - TOP - BOTTOM);
    }
}
