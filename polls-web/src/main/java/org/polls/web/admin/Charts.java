package org.polls.web.admin;

import java.util.List;
import software.xdev.chartjs.model.charts.BarChart;
import software.xdev.chartjs.model.data.BarData;
import software.xdev.chartjs.model.dataset.BarDataset;
import software.xdev.chartjs.model.enums.IndexAxis;
import software.xdev.chartjs.model.options.BarOptions;
import software.xdev.chartjs.model.options.LegendOptions;
import software.xdev.chartjs.model.options.Plugins;
import software.xdev.chartjs.model.options.scale.GridLineConfiguration;
import software.xdev.chartjs.model.options.scale.Scales;
import software.xdev.chartjs.model.options.scale.cartesian.category.CategoryScaleOptions;
import software.xdev.chartjs.model.options.scale.cartesian.category.CategoryTickOptions;
import software.xdev.chartjs.model.options.scale.cartesian.linear.LinearScaleOptions;
import software.xdev.chartjs.model.options.scale.cartesian.linear.LinearTickOptions;

/** What PrimeFaces' chart draws; its data stand beside it as a table, for a picture can't be read aloud. */
public final class Charts {

    /** Stands out, three to one, from the light and from the dark ground. */
    private static final String BAR = "#5b8f80";

    /** The same for the words, which the table has too, and for the lines behind the bars. */
    private static final String WORDS = "#7a8781";

    private static final String LINES = "#7a878140";

    private static final int LONGEST_LABEL = 24;

    private Charts() {}

    /**
     * {@return horizontal bars, as JSON to be written into a script}
     *
     * @param measure what is counted
     */
    public static String bars(String measure, List<String> labels, List<Long> values) {
        BarDataset bars = new BarDataset().setLabel(measure).setBackgroundColor(BAR);
        values.forEach(bars::addData);
        BarData data = new BarData().addDataset(bars);
        labels.forEach(label -> data.addLabel(shortened(label)));
        BarOptions options = new BarOptions();
        options.setIndexAxis(IndexAxis.Y);
        options.setAnimation(false);
        options.setMaintainAspectRatio(false);
        options.setPlugins(new Plugins().setLegend(new LegendOptions().setDisplay(false)));
        GridLineConfiguration lines = new GridLineConfiguration().setColor(LINES);
        options.setScales(new Scales()
                .addScale(
                        Scales.ScaleAxis.X,
                        new LinearScaleOptions()
                                .setBeginAtZero(true)
                                .setGrid(lines)
                                .setTicks(
                                        new LinearTickOptions().setColor(WORDS).setPrecision(0)))
                .addScale(
                        Scales.ScaleAxis.Y,
                        new CategoryScaleOptions().setGrid(lines).setTicks(new CategoryTickOptions().setColor(WORDS))));
        return inScript(new BarChart(data, options).toJson());
    }

    /** So that no text of a poll ends the script that it stands in. */
    static String inScript(String json) {
        return json.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
    }

    private static String shortened(String label) {
        return label.codePointCount(0, label.length()) <= LONGEST_LABEL
                ? label
                : label.substring(0, label.offsetByCodePoints(0, LONGEST_LABEL - 1)) + "…";
    }
}
