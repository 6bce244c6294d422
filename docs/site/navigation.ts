/** The pages in the order in which they are read, by their files from the root of the project. */

/** Pages under one heading. */
export interface NavigationGroup {
  readonly title: string;
  /** What each is called in the list, by its file. */
  readonly pages: Readonly<Record<string, string>>;
  /** What is no document, by its address from the root of the site. */
  readonly others?: Readonly<Record<string, string>>;
}

/** Every group; a page that no group names comes under {@linkcode OTHER_PAGES}. */
export const NAVIGATION: readonly NavigationGroup[] = [
  {
    title: "Begin",
    pages: {
      "docs/README.md": "Overview",
      "docs/start.md": "Start",
      "docs/own-data.md": "My own data",
    },
  },
  {
    title: "Work",
    pages: {
      "docs/choosing.md": "Choosing a method",
      "docs/studies.md": "Reading a study",
      "docs/challenge.md": "Stress-testing any model",
      "docs/predicting.md": "Predicting",
      "docs/exchange.md": "Deploying",
      "docs/view.md": "In the browser",
      "docs/notebooks.md": "In notebooks",
      "docs/tracking.md": "TensorBoard, MLflow",
      "docs/cluster.md": "On a cluster",
      "docs/devices.md": "On a graphics card",
      "docs/speed.md": "Speed",
    },
  },
  {
    title: "Understand",
    pages: {
      "docs/method.md": "The method",
      "docs/coming-from.md": "From nnU-Net, TorchIO, MONAI",
      "docs/reproducibility.md": "Reproducibility",
      "docs/limits.md": "Limits",
      "docs/glossary.md": "Glossary",
    },
  },
  {
    title: "Look up",
    pages: {
      "docs/settings.md": "Settings",
      "docs/library.md": "As a library",
      "docs/api.md": "API overview",
    },
    others: { "api/index.html": "API, symbol by symbol" },
  },
  {
    title: "Studies",
    pages: {
      "docs/study-acdc/README.md": "Hearts of patients",
      "docs/study-hippocampus/README.md": "Hippocampi",
      "docs/study-cord/README.md": "The cord, by site",
      "docs/study-phantom/README.md": "Drawn hearts",
    },
    others: {
      "study-acdc/index.html": "Hearts of patients: the study's page",
      "study-hippocampus/index.html": "Hippocampi: the study's page",
      "study-cord/index.html": "The cord, by site: the study's page",
      "study-phantom/index.html": "Drawn hearts: the study's page",
    },
  },
  {
    title: "Notebooks",
    pages: {
      "docs/notebooks/own_data.md": "Own data to a trained model",
      "docs/notebooks/stress_testing.md": "Stress-testing",
      "docs/notebooks/reading_a_study.md": "Reading a study",
    },
  },
  {
    title: "Project",
    pages: {
      "README.md": "README",
      "CHANGELOG.md": "Changes",
      "docs/releases.md": "Releases, npm, binaries",
      "PARITY.md": "Parity with others",
      "ARCHITECTURE.md": "Architecture",
      "CONTRIBUTING.md": "Contributing",
      "SECURITY.md": "Security",
      "tests/bench/RESULTS.md": "Measurements",
    },
  },
];

/** The heading of pages that {@linkcode NAVIGATION} does not name. */
export const OTHER_PAGES = "More";
