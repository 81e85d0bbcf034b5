/* Charts have the page's colours, light or dark; PrimeFaces calls this with the chart as "this". */
"use strict";

window.pollsChart = function () {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
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
