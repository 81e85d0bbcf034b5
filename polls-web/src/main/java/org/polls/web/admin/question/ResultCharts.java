package org.polls.web.admin.question;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.polls.question.entity.QuestionResults;
import org.polls.question.entity.QuestionResults.Line;
import org.polls.question.entity.QuestionResults.Point;
import org.polls.question.entity.QuestionResults.Timeline;
import software.xdev.chartjs.model.charts.BarChart;
import software.xdev.chartjs.model.data.BarData;
import software.xdev.chartjs.model.dataset.BarDataset;
import software.xdev.chartjs.model.enums.IndexAxis;
import software.xdev.chartjs.model.options.BarOptions;
import software.xdev.chartjs.model.options.LegendOptions;
import software.xdev.chartjs.model.options.Plugins;
import software.xdev.chartjs.model.options.scale.Scales;
import software.xdev.chartjs.model.options.scale.cartesian.linear.LinearScaleOptions;
import software.xdev.chartjs.model.options.scale.cartesian.linear.LinearTickOptions;

/** Describes the charts of results for the browser; it adds the colours, which light and dark have different ones of. */
final class ResultCharts {

    /** Of a label on an axis, in characters; the table beside the chart has the whole text. */
    private static final int LONGEST_LABEL = 28;

    /** More steps than the boundary makes; a timeline that is longer all the same keeps its gaps closed. */
    private static final int MOST_STEPS = 1000;

    private ResultCharts() {}

    /** {@return a bar for the votes of each choice} */
    static String votes(QuestionResults results, String label) {
        BarDataset votes = new BarDataset().setLabel(label).setMaxBarThickness(36);
        BarData data = new BarData();
        for (Line line : results.lines()) {
            data.addLabels(shortened(line.text()));
            votes.addData(line.votes());
        }
        return json(data.addDataset(votes), IndexAxis.Y, Scales.ScaleAxis.X);
    }

    /** {@return a bar for the ballots of each step} */
    static String ballots(Timeline timeline, String label, Function<Instant, String> moment) {
        BarDataset ballots = new BarDataset().setLabel(label);
        BarData data = new BarData();
        steps(timeline).forEach((from, count) -> {
            data.addLabels(moment.apply(from));
            ballots.addData(count);
        });
        return json(data.addDataset(ballots), IndexAxis.X, Scales.ScaleAxis.Y);
    }

    /** {@return the ballots of every step from the first to the last, those without ballots included} */
    static Map<Instant, Long> steps(Timeline timeline) {
        Map<Instant, Long> steps = new TreeMap<>();
        List<Point> points = timeline.points();
        if (points.isEmpty()) {
            return steps;
        }
        Instant last = points.get(points.size() - 1).from();
        Instant step = points.get(0).from();
        for (int i = 0; i < MOST_STEPS && step.isBefore(last); i++) {
            steps.put(step, 0L);
            step = step.plus(timeline.step());
        }
        for (Point point : points) {
            steps.put(
                    point.from(),
                    point.votes().values().stream().mapToLong(Long::longValue).sum());
        }
        return steps;
    }

    private static String json(BarData data, IndexAxis along, Scales.ScaleAxis counting) {
        BarOptions options = new BarOptions()
                .setIndexAxis(along)
                .setResponsive(true)
                .setMaintainAspectRatio(false)
                .setAnimation(false)
                .setPlugins(new Plugins().setLegend(new LegendOptions().setDisplay(false)))
                .setScales(new Scales()
                        .addScale(
                                counting,
                                new LinearScaleOptions()
                                        .setBeginAtZero(true)
                                        .setTicks(new LinearTickOptions().setPrecision(0))));
        return inScript(new BarChart(data, options).toJson());
    }

    /** What people wrote stands in a script of the page: no text may end it. */
    static String inScript(String json) {
        return json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
    }

    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST_LABEL
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_LABEL - 1))
                                .strip() + "…";
    }
}
