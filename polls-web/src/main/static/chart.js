/* Charts have the page's colours, also when they turn from light to dark; PrimeFaces calls this with the chart as "this". */
"use strict";

window.pollsChart = function () {
  const colour = (name) => () => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const config = this.cfg.config;
  config.data.datasets.forEach((dataset) => {
    dataset.backgroundColor = colour("--accent");
    dataset.hoverBackgroundColor = colour("--accent-deep");
    dataset.borderRadius = 3;
  });
  for (const axis of ["x", "y"]) {
    config.options.scales[axis] = {
      ...config.options.scales[axis],
      grid: { color: colour("--hairline"), drawTicks: false },
      border: { display: false },
    };
    config.options.scales[axis].ticks = {
      ...config.options.scales[axis].ticks,
      color: colour("--ink-soft"),
      maxRotation: 0,
      autoSkipPadding: 24,
      padding: 8,
    };
  }
  config.options.scales[config.options.indexAxis].grid.display = false;
};

window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  Object.values(window.Chart?.instances ?? {}).forEach((chart) => chart.update("none"));
});
