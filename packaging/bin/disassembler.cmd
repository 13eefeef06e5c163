@echo off
rem Runs Disassembler from where it was unpacked: on the Java runtime that came with it, else on that of
rem JAVA_HOME, else on the java of the PATH. DISASSEMBLER_JAVA_OPTS adds options for the Java machine.
setlocal
set "here=%~dp0.."
set "java="
if exist "%here%\runtime\bin\java.exe" set "java=%here%\runtime\bin\java.exe"
if not defined java if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "java=%JAVA_HOME%\bin\java.exe"
if not defined java for %%j in (java.exe) do set "java=%%~$PATH:j"
if not defined java (
  echo disassembler: needs Java 17 or newer and found none; install one or set JAVA_HOME>&2
  exit /b 1
)
set "version=0"
for /f "tokens=3" %%v in ('""%java%" -XshowSettings:properties -version 2>&1 | findstr /c:"java.specification.version""') do set "version=%%v"
if "%version:~0,2%"=="1." set "version=1"
if %version% lss 17 (
  echo disassembler: needs Java 17 or newer, but %java% is %version%; install one or set JAVA_HOME>&2
  exit /b 1
)
set "newer="
if %version% geq 24 set "newer="@%here%\lib\java24.options""
"%java%" "@%here%\lib\java.options" %newer% %DISASSEMBLER_JAVA_OPTS% -cp "%here%\lib\*" io.disassembler.cli.Main %*
exit /b %errorlevel%
