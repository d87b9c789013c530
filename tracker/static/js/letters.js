// 拟稿: choosing another outcome lists at once what it needs; without this script the button beneath does the same.
document.querySelectorAll(".letter-part select[name$='template'], .letter-part select[name$='refused_under']").forEach((choice) => {
  choice.addEventListener("change", () => {
    const button = choice.closest(".letter-part").querySelector("button[value='preview']");
    if (button) button.click();
  });
});
