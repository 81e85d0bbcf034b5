package org.polls.web.admin;

import java.util.List;
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

/**
 * What PrimeFaces' chart draws, as JSON to be written into a script; its data stand beside it as a table, for a picture
 * can't be read aloud. The browser adds the colours ({@code chart.js}), which light and dark have different ones of.
 */
public final class Charts {

    /** Of a label on an axis, in characters, so that it fits a telephone; the table beside the chart has the whole text. */
    private static final int LONGEST_LABEL = 22;

    private static final int THICKEST_BAR = 36;

    private Charts() {}

    /**
     * {@return a lying bar for each label}
     *
     * @param measure what is counted
     */
    public static String lying(String measure, List<String> labels, List<Long> values) {
        return bars(measure, labels, values, IndexAxis.Y, Scales.ScaleAxis.X);
    }

    /**
     * {@return a standing bar for each label}
     *
     * @param measure what is counted
     */
    public static String standing(String measure, List<String> labels, List<Long> values) {
        return bars(measure, labels, values, IndexAxis.X, Scales.ScaleAxis.Y);
    }

    private static String bars(
            String measure, List<String> labels, List<Long> values, IndexAxis along, Scales.ScaleAxis counting) {
        BarDataset bars = new BarDataset().setLabel(measure).setMaxBarThickness(THICKEST_BAR);
        values.forEach(bars::addData);
        BarData data = new BarData().addDataset(bars);
        labels.forEach(label -> data.addLabels(shortened(label)));
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
    private static String inScript(String json) {
        return json.replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST_LABEL
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_LABEL - 1))
                                .strip() + "…";
    }
}
